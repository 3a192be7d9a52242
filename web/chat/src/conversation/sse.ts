/** One event of a Server-Sent Events stream. */
export interface SseFrame {
  id: string | undefined;
  event: string;
  data: string;
}

/**
 * Reads Server-Sent Events from bytes that may be cut anywhere, also inside a character or between CR and LF.
 * Feed it the chunks of one response; what the response leaves unfinished at its end is dropped, as the format demands.
 */
export class SseParser {
  private readonly decoder = new TextDecoder();
  private line = '';
  private endedWithCarriageReturn = false;
  private data: string[] = [];
  private event = '';
  private id: string | undefined;

  push(chunk: Uint8Array): SseFrame[] {
    const frames: SseFrame[] = [];
    let text = this.decoder.decode(chunk, { stream: true });
    if (text === '') return frames;
    if (this.endedWithCarriageReturn && text.startsWith('\n')) text = text.slice(1);
    if (text !== '') this.endedWithCarriageReturn = text.endsWith('\r');
    else this.endedWithCarriageReturn = false;

    const lines = text.split(/\r\n|\r|\n/);
    lines[0] = this.line + lines[0];
    this.line = lines.pop() ?? '';
    for (const line of lines) {
      const frame = this.readLine(line);
      if (frame) frames.push(frame);
    }
    return frames;
  }

  private readLine(line: string): SseFrame | undefined {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.event = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    return undefined;
  }

  private dispatch(): SseFrame | undefined {
    const frame = { id: this.id, event: this.event || 'message', data: this.data.join('\n') };
    const empty = this.data.length === 0;
    this.data = [];
    this.event = '';
    return empty ? undefined : frame;
  }
}
