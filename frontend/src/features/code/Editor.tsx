/**
 * The code editor. It lives in a shadow root, where CodeMirror adopts its styles as sheets instead
 * of writing style elements, which the page's content security policy forbids.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  drawSelection,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
  type DecorationSet,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { text } from "../../text";
import { editorTheme } from "./editorTheme";
import classes from "./code.module.css";

export interface Flaw {
  line: number;
  message: string;
  severity: "error" | "warning";
}

interface Props {
  code: string;
  readOnly: boolean;
  flaws: readonly Flaw[];
  /** Lines that made what is selected in the figure, 1-based. */
  lit: readonly number[];
  onChange: (code: string) => void;
  onCursor: (line: number | null) => void;
  onRun: () => void;
}

const setLit = StateEffect.define<readonly number[]>();
const litLine = Decoration.line({ class: "cm-lit" });

function litLines(state: EditorState, lines: readonly number[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const line of [...new Set(lines)].sort((a, b) => a - b))
    if (line >= 1 && line <= state.doc.lines) {
      const { from } = state.doc.line(line);
      builder.add(from, from, litLine);
    }
  return builder.finish();
}

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, change) => {
    const effect = change.effects.find((each) => each.is(setLit));
    return effect ? litLines(change.state, effect.value) : marks.map(change.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export default function Editor(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const writable = useRef(new Compartment());
  useEffect(() => { latest.current = props; });

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const run = (): boolean => { latest.current.onRun(); return true; };
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.code,
        extensions: [
          lintGutter(),
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of("    "),
          bracketMatching(),
          highlightActiveLine(),
          lit,
          placeholder(text.code.empty),
          python(),
          editorTheme,
          keymap.of([{ key: "Mod-Enter", run }, ...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ "aria-label": text.code.label, tabindex: "0" }),
          writable.current.of(EditorState.readOnly.of(latest.current.readOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
            if (update.selectionSet || update.focusChanged)
              latest.current.onCursor(
                update.view.hasFocus ? update.state.doc.lineAt(update.state.selection.main.head).number : null,
              );
          }),
        ],
      }),
    });
    view.current = made;
    return () => { made.destroy(); view.current = null; };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== props.code)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.code }, selection: { anchor: 0 }, scrollIntoView: true });
  }, [props.code]);

  useEffect(() => {
    view.current?.dispatch({
      effects: writable.current.reconfigure(EditorState.readOnly.of(props.readOnly)),
    });
  }, [props.readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const found = props.flaws.map((flaw): Diagnostic => {
      const line = editor.state.doc.line(Math.max(1, Math.min(flaw.line, editor.state.doc.lines)));
      return { from: line.from, to: line.to, severity: flaw.severity, message: flaw.message };
    });
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [props.flaws, props.code]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const first = Math.min(...props.lit);
    const inView = Number.isFinite(first) && first <= editor.state.doc.lines && !editor.hasFocus;
    const effects: StateEffect<unknown>[] = [setLit.of(props.lit)];
    if (inView) effects.push(EditorView.scrollIntoView(editor.state.doc.line(first).from, { y: "nearest", yMargin: 40 }));
    editor.dispatch({ effects });
  }, [props.lit]);

  return <div ref={host} className={classes["host"]} data-testid="editor" />;
}
