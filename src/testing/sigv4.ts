/** Whether a request is signed as AWS Signature Version 4 says, worked out anew from its definition. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What is wrong with a signature, or `undefined`. */
export function signatureProblem(
  { method, url, headers, body }: SignedRequest,
  keys: { readonly id: string; readonly secret: string },
): string | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      String(headers["authorization"] ?? ""),
    );
  if (found === null) return "MissingAuthenticationToken";
  const [, id, day = "", region = "", names = "", signature = ""] = found;
  if (id !== keys.id) return "InvalidAccessKeyId";
  const signed = names.split(";");
  const mustBe = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
  if (!mustBe.every((name) => signed.includes(name))) return "AccessDenied";
  const time = String(headers["x-amz-date"]);
  const sha256 = String(headers["x-amz-content-sha256"]);
  if (sha256 !== "UNSIGNED-PAYLOAD" && sha256 !== hex(body)) return "XAmzContentSHA256Mismatch";
  const [path = "", query = ""] = url.split("?");
  const request = [
    ...[method, path, query.split("&").filter(Boolean).map(withValue).toSorted().join("&")],
    ...signed.map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, " ")}`),
    ...["", names, sha256],
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, hex(request)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    (before, part) => createHmac("sha256", before).update(part).digest(),
    `AWS4${keys.secret}`,
  );
  const expected = createHmac("sha256", key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"))
    ? undefined
    : "SignatureDoesNotMatch";
}

const withValue = (entry: string) => (entry.includes("=") ? entry : `${entry}=`);

function hex(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
