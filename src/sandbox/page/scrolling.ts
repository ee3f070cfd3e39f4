const movingKeys = ['Home', 'PageUp', 'ArrowUp', 'Tab'];
const quietMs = 150;
/** Whoever is so near the newest message is at it, in pixels. */
const nearPx = 60;

/** Where the reader is among the messages: at the newest one, and kept there, or further up, and left there. */
export class Scrolling {
  #scroller: HTMLElement | undefined;
  #atEnd = true;
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** The id of an element, to be shown once it is drawn. */
  #jumpTo: string | undefined;
  /** Cards that change, pictures that have loaded and windows of another size move the end. */
  readonly #resized = new ResizeObserver(() => {
    if (this.#atEnd) this.#toEnd();
  });

  /** The page has been drawn anew. */
  drawn(): void {
    const wanted = this.#jumpTo && document.getElementById(this.#jumpTo);
    if (wanted) {
      wanted.scrollIntoView({ block: 'center' });
      this.#jumpTo = undefined;
    } else if (this.#atEnd) this.#toEnd();
  }

  /** The newest message is read from here on. */
  followEnd(): void {
    this.#atEnd = true;
  }

  jumpTo(elementId: string): void {
    this.#jumpTo = elementId;
    this.#atEnd = false;
  }

  attach(element: Element | undefined): void {
    this.#scroller = element instanceof HTMLElement ? element : undefined;
    if (!this.#scroller) return;
    this.#resized.disconnect();
    this.#resized.observe(this.#scroller);
    for (const inside of this.#scroller.children) this.#resized.observe(inside);
  }

  /** The reader may be moving up, away from the newest message. */
  noticeReading(event: Event): void {
    const moves =
      event instanceof WheelEvent
        ? event.deltaY < 0
        : event instanceof KeyboardEvent
          ? movingKeys.includes(event.key)
          : event.type === 'touchmove' || event.target === this.#scroller;
    if (!moves) return;
    this.#atEnd = false;
    this.lookSoon();
  }

  /** When nothing moves any more, whoever is near the newest message is there. */
  lookSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.#scroller) return;
      const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
      if (scrollHeight - scrollTop - clientHeight < nearPx) this.#atEnd = true;
    }, quietMs);
  }

  /**
   * Has older messages drawn when their place comes into sight, without moving what is read.
   * @param drawOlder draws them with the next frame
   */
  watchOlder(root: HTMLElement, drawOlder: () => void): void {
    const older = new IntersectionObserver((entries) => {
      const scroller = this.#scroller;
      if (!entries.some(({ isIntersecting }) => isIntersecting) || !scroller) return;
      const fromEnd = scroller.scrollHeight - scroller.scrollTop;
      this.#atEnd = false;
      drawOlder();
      requestAnimationFrame(() => {
        if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
      });
    });
    new MutationObserver(() => {
      older.disconnect();
      const place = document.getElementById('older');
      if (place) older.observe(place);
    }).observe(root, { childList: true, subtree: true });
  }

  #toEnd(): void {
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
