import { expect, test } from "vitest";
import { addressText, bucketAddress } from "./address.js";

test("where a bucket is, is one URL for all machines, whatever their environment", () => {
  const env = { AWS_ENDPOINT_URL_S3: "http://10.0.0.1:9000/", AWS_REGION: "eu-west-1" };
  const text = addressText(bucketAddress("s3://facts/2026/july/", env));
  expect(text).toBe("s3://facts/2026/july?endpoint=http://10.0.0.1:9000&region=eu-west-1");
  expect(addressText(bucketAddress(text, {}))).toBe(text);
  expect(addressText(bucketAddress("s3://facts", {}))).toBe("s3://facts/");
});

test.each([
  "s3://id:hunter2@facts/x",
  "s3://facts/x?secret=hunter2",
  "s3://facts/x?endpoint=http://id:hunter2@host",
  "s3://facts/x?endpoint=hunter2",
  "s3:///x",
])("%s is refused without what is secret in it", (url) => {
  const refused = expect.objectContaining({
    exitCode: 2,
    message: expect.not.stringContaining("hunter2") as string,
  }) as Error;
  expect(() => bucketAddress(url, {})).toThrow(refused);
});
