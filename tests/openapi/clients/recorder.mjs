import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/**
 * A fetch for one visitor: keeps cookies, notes which operation of the document each call is, and compares each answer with what the document says of it.
 */
export class Recorder {
  #fetch = globalThis.fetch;
  #cookies = new Map();
  #operations;
  #schemas;
  called = new Set();
  complaints = [];

  constructor(document) {
    this.#schemas = new Ajv({ strict: false, allErrors: true });
    addFormats(this.#schemas);
    this.#schemas.addSchema(document, 'document');
    this.#operations = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        id: operation.operationId,
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
        pointer: `document#/paths/${escape(path)}/${method}`,
        responses: operation.responses,
      })),
    );
  }

  /** The ids of all operations. */
  get ids() {
    return new Set(this.#operations.map(operation => operation.id));
  }

  fetch = async (input, init) => {
    const request = new Request(input, init);
    if (this.#cookies.size > 0) request.headers.set('cookie', [...this.#cookies].map(cookie => cookie.join('=')).join('; '));
    const response = await this.#fetch(request);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    await this.#check(request, response.clone());
    return response;
  };

  #keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** What is not read here is given up without waiting: that would last until the caller has given it up, too. */
  async #check(request, response) {
    const path = new URL(request.url).pathname;
    const operation = this.#operations.find(candidate => candidate.method === request.method && candidate.pattern.test(path));
    if (!operation) return void this.complaints.push(`${request.method} ${path} is not in the document`);
    this.called.add(operation.id);
    const described = operation.responses[response.status];
    if (!described) return void this.complaints.push(`${operation.id} answers ${response.status}, which is not in the document`);
    const mediaType = response.headers.get('content-type')?.split(';')[0];
    const known = Object.keys(described.content ?? {});
    if (!mediaType) {
      if (known.length > 0) this.complaints.push(`${operation.id} answers ${response.status} without a body`);
      return void response.body?.cancel();
    }
    // A download has the media type of its file.
    if (known.includes('application/octet-stream')) return void response.body?.cancel();
    if (!known.includes(mediaType)) return void this.complaints.push(`${operation.id} answers ${mediaType}, which is not in the document`);
    if (!mediaType.endsWith('json')) return void response.body?.cancel();
    const schema = `${operation.pointer}/responses/${response.status}/content/${escape(mediaType)}/schema`;
    const isValid = this.#schemas.getSchema(schema) ?? this.#schemas.compile({ $ref: schema });
    const body = await response.json();
    if (!isValid(body)) this.complaints.push(`${operation.id} ${response.status}: ${this.#schemas.errorsText(isValid.errors)} in ${JSON.stringify(body)}`);
  }
}

const escape = part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
