import RFB from '@novnc/novnc';
import { describe, expect, it } from 'vitest';

describe('noVNC', () => {
  it.each(['_framebufferUpdate', '_handleDataRect', 'clipboardPasteFrom', 'sendCtrlAltDel', 'sendKey', 'qualityLevel', 'compressionLevel'])('still has %s', (method) => {
    expect(RFB.prototype).toHaveProperty(method);
  });
});
