import avro from "avsc";
import { jsonText } from "../../core/json-text.js";

/** Strings that are JSON text; "" stands for what is missing. */
export class JsonText extends avro.types.LogicalType {
  protected override _fromValue(text: string): unknown {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }
  protected override _toValue(value: unknown): string {
    return value === undefined ? "" : jsonText(value);
  }
}
