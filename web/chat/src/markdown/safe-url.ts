/** Addresses that a link of a card may open. */
export function safeLink(url: unknown): string | undefined {
  return resolve(url, ['http:', 'https:'])?.href;
}

/** Addresses that an image card may load: the web, this host, or an image carried in the address itself. */
export function safeImage(url: unknown): string | undefined {
  if (typeof url === 'string' && /^data:image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)[;,]/i.test(url)) return url;
  return safeLink(url);
}

function resolve(url: unknown, protocols: string[]): URL | undefined {
  if (typeof url !== 'string' || url.trim() === '') return undefined;
  try {
    const parsed = new URL(url, location.origin);
    return protocols.includes(parsed.protocol) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
