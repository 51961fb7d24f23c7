/** How modules of a variant are told from those of the other one in the same process: by their URLs. */
const KEY = "hellfact-variant";

/** The query behind the URLs of a variant's modules; nothing where it is alone in its process. */
export function variantQuery(variant: string): string {
  return variant === "" ? "" : `?${KEY}=${variant}`;
}

/** The variant that a module belongs to; "" if none is told. */
export function variantIn(url: string | undefined): string {
  return url?.split(`?${KEY}=`)[1] ?? "";
}
