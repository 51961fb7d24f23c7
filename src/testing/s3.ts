/**
 * As much of S3 as parts need, written for tests: it lets nobody in whose requests are not signed right, and puts on a
 * condition. It is no real server, and shows nothing about one but what its protocol says.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { signatureProblem } from "./sigv4.js";

const MOST_LISTED = 3;

interface Stored {
  readonly bytes: Buffer;
  readonly note: string;
}

export class FakeS3 {
  readonly keys = { id: "AKIATEST", secret: "a secret that nobody may see" };
  private readonly objects = new Map<string, Stored>();
  private server: Server | undefined;
  private port = 0;

  constructor(private readonly bucket: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Breaks every connection. What was put stays. */
  async stop(): Promise<void> {
    const { server } = this;
    const closed = new Promise((resolve) => server?.close(resolve));
    server?.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    const problem = signatureProblem({ method, url, headers, body }, this.keys);
    if (problem !== undefined) return refuse(response, 403, problem);
    const { pathname, searchParams } = new URL(url, this.url);
    const [, bucket, ...rest] = pathname.split("/");
    if (bucket !== this.bucket) return refuse(response, 404, "NoSuchBucket");
    const key = decodeURIComponent(rest.join("/"));
    const found = this.objects.get(key);
    if (method === "GET" && key === "") return this.list(searchParams, response);
    if (method === "PUT") {
      if (headers["if-none-match"] === "*" && found !== undefined) {
        return refuse(response, 412, "PreconditionFailed");
      }
      this.objects.set(key, { bytes: body, note: String(headers["x-amz-meta-hellfact"] ?? "") });
      response.end();
    } else if (method === "DELETE") {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (found === undefined) {
      refuse(response, 404, "NoSuchKey");
    } else {
      response.writeHead(200, {
        "content-length": found.bytes.length,
        "x-amz-meta-hellfact": found.note,
      });
      response.end(method === "HEAD" ? undefined : found.bytes);
    }
  }

  private list(asked: URLSearchParams, response: ServerResponse): void {
    const prefix = asked.get("prefix") ?? "";
    const after = asked.get("continuation-token") ?? "";
    const names = [...this.objects.keys()]
      .filter((name) => name.startsWith(prefix) && name > after)
      .filter((name) => !name.slice(prefix.length).includes(asked.get("delimiter") ?? "\0"))
      .toSorted();
    const some = names.slice(0, MOST_LISTED);
    const isMore = names.length > some.length;
    const contents = some.map((name) => `<Contents><Key>${name}</Key></Contents>`).join("");
    const next = isMore ? `<NextContinuationToken>${some.at(-1)}</NextContinuationToken>` : "";
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isMore}</IsTruncated>${contents}${next}</ListBucketResult>`,
    );
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}
