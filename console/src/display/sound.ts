import { Playout } from './playout';
import { readSound, splitChannels } from './soundFormat';

/**
 * Plays what a desktop plays, until stopped or until the server ends it; `onEnd` is told which: true once sound could be had at all.
 * Pieces are put on the audio clock as buffers: unlike a worklet, that works over plain HTTP too.
 */
export function playSound(ticket: string, onEnd: (heard: boolean) => void): () => void {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${window.location.host}/api/v1/sound`, ['binary', `ticket.${ticket}`]);
  socket.binaryType = 'arraybuffer';
  const context = new AudioContext();
  const playout = new Playout();
  let format: { rate: number; channels: number } | null = null;
  const play = (samples: DataView, { rate, channels }: { rate: number; channels: number }) => {
    const split = splitChannels(samples, channels);
    const length = split[0]?.length ?? 0;
    if (length === 0) return;
    const start = playout.place(context.currentTime, length / rate);
    if (start === null) return;
    const buffer = context.createBuffer(channels, length, rate);
    split.forEach((channel, index) => buffer.copyToChannel(channel, index));
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(start);
  };
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = data instanceof ArrayBuffer ? readSound(data) : null;
    if (message?.kind === 'format') format = message;
    if (message?.kind === 'samples' && format !== null) play(message.samples, format);
  });
  let stopped = false;
  socket.addEventListener('close', () => {
    void context.close();
    if (!stopped) onEnd(format !== null);
  });
  void context.resume();
  return () => { stopped = true; socket.close(); };
}
