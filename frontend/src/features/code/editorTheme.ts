/** How the editor looks; colours are the page's own variables, so light and dark follow. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--paper)", color: "var(--ink)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "19px" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 8px 0 4px" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--ink-faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 10px", minWidth: "22px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--raised) 60%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  ".cm-lit": { backgroundColor: "var(--mark)" },
  ".cm-gutter-lint": { width: "12px" },
  ".cm-lint-marker": { width: "9px", height: "9px" },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
  },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: "12.5px", whiteSpace: "pre-wrap", maxWidth: "360px" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)" },
});

const syntax = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.bool, tags.null], color: "var(--syntax-word)" },
  { tag: tags.definition(tags.function(tags.variableName)), color: "var(--syntax-name)", fontWeight: "600" },
  { tag: tags.definition(tags.className), color: "var(--syntax-name)", fontWeight: "600" },
  { tag: tags.number, color: "var(--syntax-number)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--syntax-string)" },
  { tag: tags.comment, color: "var(--syntax-note)", fontStyle: "italic" },
]);

export const editorTheme = [look, syntaxHighlighting(syntax)];
