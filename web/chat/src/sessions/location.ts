import { root } from '../api/root';

const parameter = 'session';

/** The address of the page with this conversation open: a reload or a shared bookmark comes back to it. */
export const urlOf = (id: string | undefined): string => (id ? `${root}/?${parameter}=${encodeURIComponent(id)}` : `${root}/`);

export const idInUrl = (): string | undefined => new URLSearchParams(location.search).get(parameter) || undefined;
