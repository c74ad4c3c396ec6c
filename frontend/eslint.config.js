/** Lint rules, and which folder may import which: features know no other feature, src/figure knows no view. */
import { readdirSync } from "node:fs";
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const features = readdirSync(`${import.meta.dirname}/src/features`);

const forbid = (files, ...patterns) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: patterns.map(([group, message]) => ({ group, message })) },
    ],
  },
});

export default ts.config(
  { ignores: ["dist", "src/api/schema.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Text is shown as text; markup goes through figure/sanitize.",
        },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 300, skipBlankLines: true }],
    },
  },
  ...features.map((name) =>
    forbid(
      [`src/features/${name}/**`],
      [
        features.filter((other) => other !== name).map((other) => `**/features/${other}/**`),
        "A feature does not import another; share through figure, components or lib.",
      ],
      [
        features.filter((other) => other !== name).map((other) => `../${other}/**`),
        "A feature does not import another; share through figure, components or lib.",
      ],
      [["**/app/**"], "The application puts features together, not the other way round."],
    ),
  ),
  forbid(
    ["src/figure/**", "src/api/**", "src/lib/**"],
    [["**/features/**", "**/app/**", "**/components/**"], "This folder knows no view."],
  ),
  forbid(["src/components/**"], [["**/features/**", "**/app/**"], "Components know no feature."]),
);
