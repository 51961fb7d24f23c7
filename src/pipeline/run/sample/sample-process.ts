/** The process that takes the sample of a run whose codec or compressor is somebody else's. */
import { serve } from "../../../process/serve.js";
import { takeSample, type Sampled } from "./sample.js";

serve(({ request, end }: { request: Sampled; end: number }) => takeSample(request, end));
