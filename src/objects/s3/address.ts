/** Where a bucket is, as a URL that leads there from any machine. */
import { InputError } from "../../core/errors.js";

export interface BucketAddress {
  readonly bucket: string;
  /** Stands before every name; "" or something that ends in `/`. */
  readonly prefix: string;
  /** Of a server that is not Amazon's. */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

const URL_OF_BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?(?:\?(.*))?$/;

/**
 * Reads `s3://BUCKET/PREFIX?endpoint=http://HOST:9000&region=eu-west-1`. What is not in it is taken from
 * AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL and AWS_REGION, as the SDK does. Throws an `InputError` that has nothing secret
 * in it.
 */
export function bucketAddress(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): BucketAddress {
  const [, bucket, path = "", query = ""] = URL_OF_BUCKET.exec(url) ?? [];
  if (bucket === undefined) {
    throw new InputError(
      `${url.replace(/\/\/.*@/, "//***@")}: it takes s3://BUCKET/PREFIX. Keys stay in the environment, or in ~/.aws.`,
    );
  }
  const options = new URLSearchParams(query);
  const strange = [...options.keys()].find((key) => key !== "endpoint" && key !== "region");
  if (strange !== undefined) {
    throw new InputError(`s3://${bucket}: behind ? it takes endpoint and region, not ${strange}.`);
  }
  const endpoint =
    options.get("endpoint") ?? env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"] ?? undefined;
  const prefix = path.replace(/^\/+|\/+$/g, "");
  return {
    bucket,
    prefix: prefix === "" ? "" : `${prefix}/`,
    endpoint: endpoint === undefined ? undefined : checkedEndpoint(endpoint),
    region: options.get("region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"],
  };
}

/** The same as one URL, for machines whose environment says something else. */
export function addressText({ bucket, prefix, endpoint, region }: BucketAddress): string {
  const options = [
    ...(endpoint === undefined ? [] : [`endpoint=${endpoint}`]),
    ...(region === undefined ? [] : [`region=${region}`]),
  ];
  const query = options.length === 0 ? "" : `?${options.join("&")}`;
  return `s3://${bucket}/${prefix.replace(/\/$/, "")}${query}`;
}

function checkedEndpoint(endpoint: string): string {
  let parsed: URL | undefined;
  try {
    parsed = new URL(endpoint);
  } catch {
    // said below
  }
  const isPlain =
    parsed !== undefined &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.username === "" &&
    parsed.password === "" &&
    parsed.search === "";
  if (isPlain) return endpoint.replace(/\/+$/, "");
  throw new InputError(
    "the endpoint of S3 takes http://HOST:PORT or https://HOST, with no user in it.",
  );
}
