import { UnavailableError, whyNotLoaded } from "../../core/errors.js";
import { installedVersion } from "../../core/package-version.js";

const REMEDY = "npm install @aws-sdk/client-s3";

/** The AWS SDK for S3. Rejects with an `UnavailableError`. */
export async function loadSdk() {
  // It is kept at a version that runs on every Node that this tool does; that later ones do not is nobody's concern here.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  try {
    return await import("@aws-sdk/client-s3");
  } catch (error) {
    throw new UnavailableError(`s3 does not load: ${whyNotLoaded(error)}`, REMEDY);
  }
}

/** Which client there is. Rejects as `loadSdk` does. */
export async function clientName(): Promise<string> {
  await loadSdk();
  return `@aws-sdk/client-s3 ${installedVersion("@aws-sdk/client-s3")}`.trim();
}

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;
