// What the type checker needs to know beyond the DOM's own types. Nothing here is loaded by a page.

/** The part of htmx that our modules call. */
declare const htmx: {
  config: Record<string, unknown>;
  process(element: Element): void;
  trigger(target: Element, event: string): void;
  ajax(verb: string, path: string, context: { target: Element | string; swap?: string; select?: string; values?: Record<string, unknown> }): Promise<void>;
};

// Every page is HTML, so a selector finds an HTMLElement unless it names a tag.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}
interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}

// Listeners stand on the document or the window and ask the target of an event for its nearest matching ancestor.
interface EventTarget {
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}

// Fields of a form are known by their names.
interface HTMLFormControlsCollection {
  [name: string]: any;
}

// Events that the server (by HX-Trigger) and htmx send.
interface DocumentEventMap {
  highlighted: CustomEvent<{ id: string }>;
  cardchanged: CustomEvent<{ id: string }>;
  carddeleted: CustomEvent;
  undone: CustomEvent<{ id: string; address: string }>;
  "htmx:afterSettle": CustomEvent;
  "htmx:oobBeforeSwap": CustomEvent<{ target: HTMLElement; fragment: HTMLElement; shouldSwap: boolean }>;
  "htmx:oobAfterSwap": CustomEvent<{ target: HTMLElement; fragment: HTMLElement }>;
  "htmx:afterRequest": CustomEvent<{ xhr: XMLHttpRequest; requestConfig: { verb: string; path: string } }>;
}
