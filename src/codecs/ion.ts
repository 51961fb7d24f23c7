import { IonTypes, makeBinaryWriter, makeReader, type Reader, type Writer } from "ion-js";
import type { Codec } from "../core/codec.js";
import type { Fact } from "../core/fact.js";

/** Amazon Ion in its binary form, whose symbols are told anew in each fact. */
const codec: Codec = {
  name: "ion",
  format: "ion",
  fileExtension: "10n",
  framing: "length-delimited",
  layout: "row",
  needsSchema: false,
  npmPackage: "ion-js",
  mode: "binary writer and reader called value by value, without Ion's own objects between",
  losses: ["negative-zero", "proto-key"],
  refuses: ["lone-surrogate"],
  abilities: ["encode", "decode"],
  open: () => ({
    encode: (fact, out) => {
      const writer = makeBinaryWriter();
      write(writer, fact);
      writer.close();
      out.bytes(writer.getBytes());
    },
    decode: (bytes) => {
      const reader = makeReader(bytes);
      reader.next();
      return read(reader) as Fact;
    },
  }),
};

function write(writer: Writer, value: unknown): void {
  switch (typeof value) {
    case "string":
      writer.writeString(value);
      break;
    case "number":
      if (Number.isSafeInteger(value)) writer.writeInt(value);
      else writer.writeFloat64(value);
      break;
    case "boolean":
      writer.writeBoolean(value);
      break;
    default:
      if (value === null || value === undefined) writer.writeNull(IonTypes.NULL);
      else if (Array.isArray(value)) {
        writer.stepIn(IonTypes.LIST);
        for (const item of value) write(writer, item);
        writer.stepOut();
      } else {
        writer.stepIn(IonTypes.STRUCT);
        for (const [key, item] of Object.entries(value)) {
          if (item === undefined) continue;
          writer.writeFieldName(key);
          write(writer, item);
        }
        writer.stepOut();
      }
  }
}

/** The value that the reader stands on. */
function read(reader: Reader): unknown {
  if (reader.isNull()) return null;
  switch (reader.type()) {
    case IonTypes.STRUCT: {
      const object: Record<string, unknown> = {};
      reader.stepIn();
      while (reader.next() !== null) object[reader.fieldName() ?? ""] = read(reader);
      reader.stepOut();
      return object;
    }
    case IonTypes.LIST: {
      const items: unknown[] = [];
      reader.stepIn();
      while (reader.next() !== null) items.push(read(reader));
      reader.stepOut();
      return items;
    }
    case IonTypes.STRING:
      return reader.stringValue();
    case IonTypes.BOOL:
      return reader.booleanValue();
    default:
      return reader.numberValue();
  }
}

export default codec;
