import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "no-unused-vars": "error",
  "no-var": "error",
  "prefer-const": "error",
  eqeqeq: "error",
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-param-reassign": "error",
  "max-len": ["error", { code: 140 }],
  "max-lines-per-function": ["error", { max: 40 }],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["static/js/*.js"],
    rules: { ...rules, "max-lines": ["error", { max: 100 }] },
    languageOptions: { globals: { ...globals.browser, htmx: "readonly" } },
  },
  { files: ["tests/js/*.mjs", "eslint.config.js"], rules, languageOptions: { globals: { ...globals.browser, ...globals.node } } },
];
