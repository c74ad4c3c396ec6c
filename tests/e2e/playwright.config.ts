/**
 * The page in a real Chromium, on the real server with the real sandbox. The server is started here,
 * on a port and with a database of its own; NETFIG_E2E_URL names one that runs already.
 *
 * Run from frontend/: npm run e2e
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig } from "@playwright/test";

const root = resolve(__dirname, "../..");
const port = process.env.NETFIG_E2E_PORT ?? "8397";
const running = process.env.NETFIG_E2E_URL;
const home = mkdtempSync(join(tmpdir(), "netfig-e2e-"));

const session = {
  name: "netfig_session",
  value: "browser-tests-session1",
  domain: "127.0.0.1",
  path: "/api",
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: "Lax" as const,
};

export default defineConfig({
  testDir: ".",
  outputDir: join(root, "test-results"),
  // What the page looks like is what the README shows.
  snapshotPathTemplate: join(root, "docs/{arg}{ext}"),
  // Generous: a sandbox on a busy machine takes its time to start.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  workers: 1,
  // Real parts on a busy machine: what fails is tried once more, and reported as flaky.
  retries: 1,
  reporter: [["list"]],
  use: {
    baseURL: running ?? `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    // One session for all tests, and so one warm sandbox.
    storageState: { cookies: [session], origins: [] },
    acceptDownloads: true,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    },
  },
  ...(running
    ? {}
    : {
        webServer: {
          command: `${join(root, ".venv/bin/netfig")} serve --port ${port}`,
          url: `http://127.0.0.1:${port}/api/meta`,
          timeout: 120_000,
          env: { NETFIG_DATABASE: `sqlite:///${join(home, "figures.sqlite3")}`, NETFIG_LIMITS: "false" },
        },
      }),
});
