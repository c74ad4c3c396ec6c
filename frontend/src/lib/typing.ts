/** Telling keys meant for a text field from keys meant for the page. */

/** True while the focus is in a field, an editor, an open menu or a dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some(
    (each) =>
      each instanceof HTMLElement &&
      (each.isContentEditable ||
        ["INPUT", "TEXTAREA", "SELECT"].includes(each.tagName) ||
        ["dialog", "menu", "listbox", "slider"].includes(each.getAttribute("role") ?? "")),
  );
}
