/**
 * The page of everything that was measured, on this machine alone, renewed when a document arrives.
 *
 * It only reads, listens on 127.0.0.1, and answers nobody who came by another name or from another page
 * (`Host` and `Origin` are checked), so that no page on the web can read what was measured.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Option, type Command } from "commander";
import { HellfactError } from "../core/errors.js";
import { addCommonOptions, count, examples, type CommonOptions } from "../terminal/options.js";
import { say } from "../terminal/say.js";
import { documentsIn, everythingPage } from "./everything.js";
import { runningIn } from "./running.js";

const LOOK_MILLISECONDS = 1000;
const EVENTS = "/events";
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function configure(command: Command): Command {
  command
    .argument("[folder]", "where runs are kept", "out")
    .addOption(
      new Option("--port <n>", "0 takes any that is free").argParser(count(0)).default(7077),
    );
  return addCommonOptions(command)
    .addHelpText("after", examples("hellfact serve out", "hellfact serve /tmp/measured --port 0"))
    .action(run);
}

async function run(
  folder: string,
  { port, quiet }: CommonOptions & { port: number },
): Promise<void> {
  documentsIn(folder);
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    void respond(request, response, folder, listeners);
  });
  await new Promise<void>((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      failed(
        new HellfactError(
          error.code === "EADDRINUSE"
            ? `port ${port} is taken: give another, or --port 0 for any that is free.`
            : `cannot listen on port ${port}: ${error.message}`,
        ),
      );
    });
    server.listen(port, "127.0.0.1", done);
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  if (!quiet) say(`${folder} on ${address}   Ctrl-C ends it`);
  const timer = watch(folder, (event, data) => {
    for (const one of listeners) one.write(`event: ${event}\ndata: ${data}\n\n`);
  });
  await new Promise<void>((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
  });
  clearInterval(timer);
  server.close();
  server.closeAllConnections();
}

/** Tells of documents that arrive, and of runs that go on. */
function watch(folder: string, tell: (event: string, data: string) => void): NodeJS.Timeout {
  let known = documentsIn(folder).join("\n");
  let told = "";
  return setInterval(() => {
    try {
      const now = documentsIn(folder).join("\n");
      if (now !== known) tell("document", "new");
      known = now;
      const running = runningIn(folder);
      if (running !== told) tell("progress", running);
      told = running;
    } catch {
      // The folder is not there for the moment.
    }
  }, LOOK_MILLISECONDS);
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  listeners: Set<ServerResponse>,
): Promise<void> {
  const refusal = refusalOf(request);
  const head = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
  if (refusal !== undefined) {
    response.writeHead(refusal.status, { ...head, "content-type": "text/plain; charset=utf-8" });
    response.end(`${refusal.text}\n`);
    return;
  }
  if (request.url === EVENTS) {
    response.writeHead(200, { ...head, "content-type": "text/event-stream" });
    response.write(`event: progress\ndata: ${runningIn(folder)}\n\n`);
    listeners.add(response);
    response.once("close", () => listeners.delete(response));
    return;
  }
  try {
    const page = await everythingPage([folder], () => undefined, EVENTS);
    response.writeHead(200, { ...head, "content-type": "text/html; charset=utf-8" });
    response.end(request.method === "HEAD" ? undefined : page);
  } catch (error) {
    response.writeHead(500, { ...head, "content-type": "text/plain; charset=utf-8" });
    response.end(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function refusalOf({
  method = "",
  url = "",
  headers,
  socket,
}: IncomingMessage): { readonly status: number; readonly text: string } | undefined {
  const port = socket.localPort ?? 0;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? "")) return { status: 403, text: "not by this name" };
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, text: "not from another page" };
  }
  if (method !== "GET" && method !== "HEAD") return { status: 405, text: "it can only be read" };
  return url === "/" || url === EVENTS
    ? undefined
    : { status: 404, text: "there is only one page" };
}
