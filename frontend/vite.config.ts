/** How the page is built: static files for the server, no inline script or style. */
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const PACKED = /\.(?:js|css|svg|ttf|otf)$/;

/** Puts each file's compressed forms beside it, so that the server compresses nothing while it serves. */
const packing = (): Plugin => ({
  name: "packing",
  apply: "build",
  async writeBundle({ dir = "dist" }) {
    const names = (await readdir(dir, { recursive: true })).filter((name) => PACKED.test(name));
    await Promise.all(
      names.map(async (name) => {
        const path = join(dir, name);
        const content = await readFile(path);
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: quality }));
      }),
    );
  },
});

export default defineConfig({
  plugins: [react(), packing()],
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
