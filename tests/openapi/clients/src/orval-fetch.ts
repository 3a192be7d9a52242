let baseUrl = '';

export const useBaseUrl = (url: string) => {
  baseUrl = url;
};

/** What orval's functions call instead of fetch: knows where the server is, and reads other answers than JSON. */
export async function orvalFetch<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(baseUrl + path, init);
  return { data: await read(response), status: response.status, headers: response.headers } as T;
}

function read(response: Response): unknown {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('event-stream')) return response.body;
  if (type.includes('json')) return response.json();
  return type ? response.blob() : undefined;
}
