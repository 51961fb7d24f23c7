import { expect, test } from "vitest";
import { signatureProblem } from "./sigv4.js";

/** The example that Amazon's documentation of the signature has. */
const KEYS = { id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const request = {
  method: "GET",
  url: "/test.txt",
  body: new Uint8Array(),
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    range: "bytes=0-9",
    "x-amz-content-sha256": EMPTY,
    "x-amz-date": "20130524T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
      "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
      "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
};

test("a signature as Amazon's documentation has it is right, and no other one", () => {
  expect(signatureProblem(request, KEYS)).toBeUndefined();
  expect(signatureProblem(request, { ...KEYS, secret: "another" })).toBe("SignatureDoesNotMatch");
  expect(signatureProblem({ ...request, url: "/test2.txt" }, KEYS)).toBe("SignatureDoesNotMatch");
  expect(signatureProblem({ ...request, body: Buffer.from("x") }, KEYS)).toBe(
    "XAmzContentSHA256Mismatch",
  );
});
