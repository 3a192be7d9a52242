const parameter = 'session';

/** The address of the page with this conversation open: a reload or a shared bookmark comes back to it. */
export const urlOf = (id: string | undefined): string => (id ? `/?${parameter}=${encodeURIComponent(id)}` : '/');

export const idInUrl = (): string | undefined => new URLSearchParams(location.search).get(parameter) || undefined;
