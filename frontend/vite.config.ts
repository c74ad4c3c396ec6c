/** How the page is built: static files for the server, no inline script or style. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: process.env["NETFIG_SERVER"] ?? "http://127.0.0.1:8000" } },
  },
});
