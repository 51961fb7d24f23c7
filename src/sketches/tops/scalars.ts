/** Values of JSON as bytes, and back: a byte for the kind, and what it needs. */
import type { ByteSink, ByteSource } from "../bytes.js";
import type { Scalar } from "../hash.js";

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const WHOLE = 3;
const DOUBLE = 4;
const TEXT = 5;
/** Text with half a surrogate pair, which UTF-8 has no bytes for: as UTF-16 units. */
const UNITS = 6;

export function writeScalar(value: Scalar, sink: ByteSink): void {
  if (value === null) sink.byte(NULL);
  else if (typeof value === "boolean") sink.byte(value ? TRUE : FALSE);
  else if (typeof value === "string") writeText(value, sink);
  else if (Number.isSafeInteger(value) && value >= 0) {
    sink.byte(WHOLE);
    sink.whole(value);
  } else {
    sink.byte(DOUBLE);
    sink.double(value);
  }
}

function writeText(text: string, sink: ByteSink): void {
  if (text.isWellFormed()) {
    sink.byte(TEXT);
    sink.text(text);
    return;
  }
  sink.byte(UNITS);
  sink.whole(text.length);
  for (let at = 0; at < text.length; at++) sink.whole(text.charCodeAt(at));
}

/** Throws a `DataError` where the bytes are no value. */
export function readScalar(source: ByteSource): Scalar {
  switch (source.byte()) {
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case WHOLE:
      return source.whole();
    case DOUBLE:
      return source.double();
    case TEXT:
      return source.text();
    case UNITS: {
      let text = "";
      for (let left = source.whole(); left > 0; left--) text += String.fromCharCode(source.whole());
      return text;
    }
    default:
      throw source.wrong("a value of a sketch is of no known kind");
  }
}
