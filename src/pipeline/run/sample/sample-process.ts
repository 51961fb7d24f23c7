/** The process that takes the sample of a run whose codec is somebody else's. */
import { serve } from "../../../process/serve.js";
import type { RunRequest } from "../request.js";
import { takeSample } from "./sample.js";

serve(({ request, end }: { request: RunRequest; end: number }) => takeSample(request, end));
