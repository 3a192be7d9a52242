import type { paths } from '../api.gen';
import { HttpError } from './http-error';
import { root } from './root';

type Method = 'get' | 'post' | 'patch' | 'delete';
type Operation<Path extends keyof paths, Verb extends Method> = paths[Path][Verb];

/** The verbs that the document has for a path; the generated types hold the others as `never`. */
type VerbOf<Path extends keyof paths> = { [Verb in Method]: [NonNullable<paths[Path][Verb]>] extends [never] ? never : Verb }[Method];

type JsonOf<Part> = Part extends { content: { 'application/json': infer Body } } ? Body : never;
type BodyOf<Op> = Op extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> : never;
type SuccessOf<Op> = Op extends { responses: infer Responses }
  ? Responses extends Record<number, unknown>
    ? JsonOf<Responses[keyof Responses & (200 | 201 | 202)]>
    : never
  : never;
type QueryOf<Op> = Op extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

interface CallOptions<Op> {
  /** Values for the `{…}` places of the path. */
  path?: Record<string, string>;
  query?: QueryOf<Op>;
  /** JSON by the document's schema, or a form. */
  body?: BodyOf<Op> | FormData | URLSearchParams;
  signal?: AbortSignal;
}

/** Calls the host by a path of its OpenAPI document. Throws {@link HttpError} for every answer that is not a success. */
export async function call<Path extends keyof paths, Verb extends VerbOf<Path>>(
  verb: Verb,
  path: Path,
  options: CallOptions<Operation<Path, Verb>> = {},
): Promise<SuccessOf<Operation<Path, Verb>>> {
  const { body, signal } = options;
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  const hasJson = body !== undefined && !isForm;
  const response = await fetch(urlOf(path, options.path ?? {}, options.query ?? {}), {
    method: verb.toUpperCase(),
    headers: { Accept: 'application/json', ...(hasJson && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw await HttpError.from(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as SuccessOf<Operation<Path, Verb>>;
}

function urlOf(template: string, values: Record<string, string>, query: object): string {
  const path = root + template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}
