const leadSeconds = 0.08;
const mostAheadSeconds = 0.4;

/** Sets each piece of sound right behind the one before. All times are seconds of the audio clock. */
export class Playout {
  private next = 0;

  /** When a piece begins; null for one that is left out, since what would be heard too late is not worth hearing. */
  place(now: number, seconds: number): number | null {
    if (this.next > now + mostAheadSeconds) return null;
    // After a pause, a little is held back, so that a late piece does not tear a hole at once.
    const start = this.next < now ? now + leadSeconds : this.next;
    this.next = start + seconds;
    return start;
  }
}
