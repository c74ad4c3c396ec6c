/** `make pictures`: the pages that the README shows, photographed as a user meets them. */
import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

export default defineConfig({ ...base, testMatch: "pictures.ts", retries: 0 });
