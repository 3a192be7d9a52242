/** What all addresses of the host begin with: nothing, unless the app has put Capsule below a prefix. */
export const root = document.querySelector<HTMLMetaElement>('meta[name="capsule-root"]')?.content ?? '';
