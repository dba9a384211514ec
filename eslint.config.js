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

const submitter = {
  selector: "CallExpression[callee.property.name=requestSubmit][arguments.length>0]",
  message: "htmx does not send the button that is named here: use submitWith of submit.js.",
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["static/js/*.js"],
    rules: { ...rules, "max-lines": ["error", { max: 100 }], "no-restricted-syntax": ["error", submitter] },
    languageOptions: { globals: { ...globals.browser, htmx: "readonly" } },
  },
  { files: ["tests/js/*.mjs", "eslint.config.js"], rules, languageOptions: { globals: { ...globals.browser, ...globals.node } } },
];
