// SPDX-License-Identifier: Apache-2.0
#include "http/static_files.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "http/router.hpp"

namespace tandem::http {
namespace {

struct Shop {
  Shop() {
    files.add("app-1f3c.js", {.content = "code", .brotli = "BR", .gzip = "GZ", .immutable = true});
    files.add("index.html", {.content = "<!doctype html>"});
    app.route("/{path...}").get([this](const Request& r) {
      return files.answer(r, r.path_parameter("path"));
    });
  }

  Response get(std::string target, std::string_view name = "X", std::string_view value = "") {
    Request request{.target = std::move(target)};
    request.headers.add(name, value);
    return app.handle(std::move(request));
  }

  StaticFiles files;
  Router app;
};

TEST(StaticFiles, ChoosesTheFormTheRequestAccepts) {
  Shop shop;
  const Response brotli = shop.get("/app-1f3c.js", "Accept-Encoding", "gzip, br");
  EXPECT_EQ(brotli.content(), "BR");
  EXPECT_EQ(brotli.headers.get("Content-Encoding"), "br");
  const Response gzip = shop.get("/app-1f3c.js", "Accept-Encoding", "gzip");
  EXPECT_EQ(gzip.content(), "GZ");
  EXPECT_EQ(gzip.headers.get("Content-Encoding"), "gzip");
  const Response plain = shop.get("/app-1f3c.js");
  EXPECT_EQ(plain.content(), "code");
  EXPECT_FALSE(plain.headers.contains("Content-Encoding"));
  for (const Response& response : {brotli, gzip, plain}) {
    EXPECT_EQ(response.headers.get("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
  }
  EXPECT_NE(brotli.headers.get("ETag"), gzip.headers.get("ETag"));
  EXPECT_NE(brotli.headers.get("ETag"), plain.headers.get("ETag"));
}

TEST(StaticFiles, OnlyHashedNamesMayBeKeptForEver) {
  Shop shop;
  EXPECT_EQ(shop.get("/app-1f3c.js").headers.get("Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(shop.get("/index.html").headers.get("Cache-Control"), "public, no-cache");
}

TEST(StaticFiles, EntityTagIsTheContentsHash) {
  Shop shop;
  const Response first = shop.get("/index.html");
  const std::string tag(first.headers.get("ETag").value());
  EXPECT_EQ(tag.size(), 34U);
  const Response again = shop.get("/index.html", "If-None-Match", tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.content(), "");
  EXPECT_EQ(again.headers.get("Cache-Control"), "public, no-cache");
  shop.files.add("index.html", {.content = "changed"});
  EXPECT_EQ(shop.get("/index.html", "If-None-Match", tag).content(), "changed");
}

TEST(StaticFiles, RejectsUnknownPaths) {
  Shop shop;
  EXPECT_EQ(shop.get("/none.js").status, 404);
  EXPECT_EQ(shop.get("/index.html/").status, 404);
}

class StaticFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "tandem-static-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::filesystem::create_directories(folder_ / "assets");
    write("index.html", "<p>");
    write("assets/a-12345678.wasm", "wasm");
    write("assets/a-12345678.wasm.br", "w");
    write("assets/alone.gz", "archive");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(std::string_view path, std::string_view content) const {
    std::ofstream(folder_ / path) << content;
  }

  std::filesystem::path folder_;
};

TEST_F(StaticFolder, IsReadOnceWithItsCompressedForms) {
  StaticFiles files;
  const auto count =
      files.add_folder(folder_, [](std::string_view path) { return path.starts_with("assets/"); });
  ASSERT_TRUE(count) << count.error();
  EXPECT_EQ(*count, 3U);
  Request request;
  request.headers.add("Accept-Encoding", "br");
  const Response wasm = files.answer(request, "assets/a-12345678.wasm");
  EXPECT_EQ(wasm.content(), "w");
  EXPECT_EQ(wasm.headers.get("Content-Type"), "application/wasm");
  EXPECT_EQ(files.answer(request, "assets/alone.gz").content(), "archive");
  EXPECT_FALSE(files.contains("assets/a-12345678.wasm.br"));
}

TEST_F(StaticFolder, RejectsAFolderThatIsNotThere) {
  StaticFiles files;
  const auto count = files.add_folder(folder_ / "none", [](std::string_view) { return false; });
  ASSERT_FALSE(count);
  EXPECT_NE(count.error().find("none"), std::string::npos);
}

}  // namespace
}  // namespace tandem::http
