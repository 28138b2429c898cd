declare module '@novnc/novnc' {
  interface Options { shared?: boolean; wsProtocols?: string[] }

  interface Events {
    connect: CustomEvent<object>;
    disconnect: CustomEvent<{ clean: boolean }>;
    clipboard: CustomEvent<{ text: string }>;
    firstframe: CustomEvent<object>;
  }

  /** The part of noVNC that the display uses. */
  export default class RFB {
    constructor(target: HTMLElement, url: string, options?: Options);
    scaleViewport: boolean;
    qualityLevel: number;
    compressionLevel: number;
    background: string;
    addEventListener<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void;
    dispatchEvent(event: Event): boolean;
    disconnect(): void;
    sendCtrlAltDel(): void;
    /** Presses or lets go of a key; without `down`, both. */
    sendKey(keysym: number, code: string, down?: boolean): void;
    focus(options?: FocusOptions): void;
    clipboardPasteFrom(text: string): void;
    protected _framebufferUpdate(): boolean;
    protected _handleDataRect(): boolean;
  }
}
