import RFB from '@novnc/novnc';
import { pressChord, type Key } from './keys';
import type { Quality } from './quality';

/**
 * A noVNC screen that also tells when the first picture is drawn. noVNC has no event for it, so two of its inner methods
 * are overridden; its version is pinned, and a test holds them in place.
 */
export class Screen extends RFB {
  private pixelsCame = false;
  private told = false;

  /** Fits the picture to the window; else shows each pixel as one. */
  scale(scaled: boolean): void {
    this.scaleViewport = scaled;
  }

  /** Takes another quality, from the next picture on. */
  refine({ qualityLevel, compressionLevel }: Quality): void {
    this.qualityLevel = qualityLevel;
    this.compressionLevel = compressionLevel;
  }

  /** Presses a chord that the browser would keep to itself. */
  press(keys: readonly Key[]): void {
    pressChord((keysym, code, down) => this.sendKey(keysym, code, down), keys);
  }

  protected override _handleDataRect(): boolean {
    const done = super._handleDataRect();
    this.pixelsCame ||= done;
    return done;
  }

  protected override _framebufferUpdate(): boolean {
    const done = super._framebufferUpdate();
    if (done && this.pixelsCame && !this.told) {
      this.told = true;
      this.dispatchEvent(new CustomEvent('firstframe', { detail: {} }));
    }
    return done;
  }
}

/** Opens the screen that a ticket is good for. */
export function openScreen(target: HTMLElement, ticket: string): Screen {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const screen = new Screen(target, `${scheme}://${window.location.host}/api/v1/display`, { wsProtocols: ['binary', `ticket.${ticket}`] });
  screen.background = 'transparent';
  return screen;
}
