/** The way in: styles, theme, session, page. */
import "./mantine.css";
import "./faces.css";
import "./theme.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { api } from "../api/client";
import { SessionContext } from "../figure/context";
import { Drafts } from "../figure/drafts";
import { Session } from "../figure/session";
import { App } from "./App";
import { theme } from "./theme";

const session = new Session(api, new Drafts(window.localStorage));
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <SessionContext value={session}>
          <App />
        </SessionContext>
      </MantineProvider>
    </StrictMode>,
  );
