import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("every Mantine component that the page imports has its style sheet", () => {
  const sheets = readFileSync("src/app/mantine.css", "utf8");
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  const used = files.flatMap((name) =>
    [...readFileSync(join("src", name), "utf8").matchAll(/import \{([^}]+)\} from "@mantine\/core"/g)].flatMap(
      ([, names]) => (names ?? "").split(",").map((each) => each.trim()),
    ),
  );
  const styled = [...new Set(used)].filter((name) => existsSync(`node_modules/@mantine/core/styles/${name}.css`));
  expect(styled.length).toBeGreaterThan(10);
  expect(styled.filter((name) => !sheets.includes(`/${name}.css`))).toEqual([]);
});
