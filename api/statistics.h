// Statistics -- what an isolate that ends says of itself.

#ifndef FART_API_STATISTICS_H_
#define FART_API_STATISTICS_H_

namespace fart {
class Isolate;
}

namespace fart::api {

// Tells whoever asked what handles are open (Fart_SetShutdownReportCallback).
void ReportShutdown(Isolate& isolate);

// For fork: no other thread changes whom.
void HoldShutdownReportForFork();
void ReleaseShutdownReport();

}  // namespace fart::api

#endif  // FART_API_STATISTICS_H_
