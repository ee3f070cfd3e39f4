import { formatTime, longTime, machineTime } from './time-words.js';

const shown = new Set<LiveTime>();
let now = (): number => Date.now();

/** Whose time it is from now on: the sandbox's clock. */
export function runBy(clock: () => number): void {
  now = clock;
}

/** Draws all times on the page anew; called each second, and when the clock was set. */
export function tick(): void {
  for (const each of shown) each.draw();
}

/** `<live-time at="1700000000" style-of="R">`: a time that stays true while it is looked at. */
class LiveTime extends HTMLElement {
  static readonly observedAttributes = ['at', 'format'];
  readonly #time = document.createElement('time');

  connectedCallback(): void {
    if (!this.#time.isConnected) this.append(this.#time);
    shown.add(this);
    this.draw();
  }

  disconnectedCallback(): void {
    shown.delete(this);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  draw(): void {
    const atMs = Number(this.getAttribute('at')) * 1000;
    const words = formatTime(atMs, this.getAttribute('format') ?? 'f', now());
    if (this.#time.textContent === words) return;
    this.#time.textContent = words;
    this.#time.dateTime = machineTime(atMs);
    this.#time.title = longTime(atMs);
  }
}

customElements.define('live-time', LiveTime);
