// SPDX-License-Identifier: Apache-2.0
// tandem import: what it shows while it works, and what it says of what it did.
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "cli/cli.hpp"

namespace tandem::cli {
namespace {

using std::chrono::steady_clock;

/// How far the work is: on a terminal one line that is written over again, elsewhere a line now and
/// then.
class ProgressLine {
 public:
  void show(std::string_view what, std::size_t done, std::size_t of) {
    const steady_clock::time_point now = steady_clock::now();
    if (what != what_) {
      what_ = what;
      begun_ = now;
      if (!terminal_) shown_ = now;
    }
    const auto pause = std::chrono::milliseconds(terminal_ ? 100 : 5'000);
    if (done > 0 && done != of && now - shown_ < pause) return;
    if (!terminal_ && now - begun_ < pause) return;
    shown_ = now;
    std::string line(what);
    if (done > 0) line += ": " + std::to_string(done);
    if (of > 0) line += " of " + std::to_string(of);
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    if (done > 0 && seconds > 0.5) {
      line += ", " +
              std::to_string(static_cast<std::int64_t>(static_cast<double>(done) / seconds)) +
              " a second";
    }
    if (terminal_) {
      std::fputs(("\r\x1b[K" + line).c_str(), stderr);
    } else {
      tell(line);
    }
  }
  void end() const {
    if (terminal_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  const bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  std::string what_;
  steady_clock::time_point begun_{};
  steady_clock::time_point shown_{};
};

app::ShopFiles files_of(const ImportOptions& options) {
  app::ShopFiles files = options.files;
  if (options.shop.empty()) return files;
  const app::ShopFiles found = app::files_of_folder(options.shop);
  if (files.products.empty()) files.products = found.products;
  if (files.rules.empty()) files.rules = found.rules;
  if (files.settings.empty()) files.settings = found.settings;
  if (files.coupons.empty()) files.coupons = found.coupons;
  if (files.images.empty()) files.images = found.images;
  return files;
}

std::string shown(const char* what, const app::Tally& tally) {
  std::string text = std::string(what) + ": " + std::to_string(tally.added) + " new, " +
                     std::to_string(tally.changed) + " changed, " +
                     std::to_string(tally.unchanged) + " unchanged";
  if (tally.removed > 0) text += ", " + std::to_string(tally.removed) + " removed";
  return text;
}

void print(const app::ImportReport& report) {
  const auto line = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  line(shown("products", report.products));
  line(shown("variants", report.offers));
  line("stock: " + std::to_string(report.counted) + " counted");
  line(shown("codes", report.coupons));
  line(shown("images", report.images));
  if (report.rules) line("rules: published");
  if (report.settings) line("settings: published");
  if (report.refused > 0) {
    line("refused: " + std::to_string(report.refused) + ", by line above; the rest was imported");
  }
}

}  // namespace

int import(const ImportOptions& options) {
  const app::ShopFiles files = files_of(options);
  const bool none = files.products.empty() && files.rules.empty() && files.settings.empty() &&
                    files.coupons.empty() && files.images.empty();
  if (none) {
    tell("nothing to import: name a folder with --shop, or single files");
    return kUsage;
  }
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  ProgressLine line;
  const auto show = [&](std::string_view what, std::size_t done, std::size_t of) {
    if (!options.quiet) line.show(what, done, of);
  };
  const app::ImportReport report = app::import_shop(*store, files, show);
  if (!options.quiet) line.end();
  for (const std::string& problem : report.problems) tell(problem);
  if (!options.quiet) {
    for (const std::string& note : report.notes) tell("note: " + note);
  }
  if (!report.written) {
    tell("nothing was imported");
    return kRefused;
  }
  if (!options.quiet) print(report);
  return report.problems.empty() ? kDone : kRefused;
}

}  // namespace tandem::cli
