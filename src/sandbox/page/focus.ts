/** Where the focus was before a drawing: a message, and its neighbours in case it goes. */
export type Place = readonly string[];

/** The ids of the focused message and of those before and behind it, in the order of preference; else none. */
export function focusedPlace(): Place {
  const held = document.activeElement?.closest('.messages > li');
  if (!held) return [];
  return [held, held.previousElementSibling, held.nextElementSibling].flatMap((each) =>
    each?.id ? [each.id] : [],
  );
}

/** Where the focused button has gone (a reveal, a dismissal), the focus stays with its message or the next to it. */
export function keepFocus(place: Place): void {
  const { activeElement } = document;
  const isLost = activeElement === document.body || activeElement?.matches(':disabled') === true;
  if (!isLost) return;
  for (const id of place) {
    const message = document.getElementById(id)?.querySelector<HTMLElement>('.message');
    if (!message) continue;
    message.focus({ preventScroll: true });
    return;
  }
}

/** Moves the focus to the first that there is. */
export function focusIn(root: ParentNode, selector: string): void {
  root.querySelector<HTMLElement>(selector)?.focus();
}
