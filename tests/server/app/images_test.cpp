// SPDX-License-Identifier: Apache-2.0
// Pictures as staff put them up over HTTP, and as everybody reads them.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
const std::string kJpeg("\xff\xd8\xff\xe0\0\x10JFIF", 10);
const std::string kWebp("RIFF\x10\0\0\0WEBPVP8 ", 16);

class Images : public ::testing::Test {
 protected:
  [[nodiscard]] Answer send(http::Method method, const std::string& path,
                            const std::string& type = "", const std::string& body = "",
                            const std::string& role = "admin") {
    http::Request request{.method = method, .target = "/v1/staff/images/" + path};
    request.headers.set("Authorization", "Bearer " + shop_.key(role));
    if (!type.empty()) request.headers.set("Content-Type", type);
    request.body = body;
    return shop_.call(std::move(request));
  }
  [[nodiscard]] Answer put(const std::string& path, const std::string& type,
                           const std::string& body) {
    return send(http::Method::put, path, type, body);
  }

  Shop shop_;
};

TEST_F(Images, APictureIsPutReadReplacedAndRemoved) {
  const Answer made = put("tea/front.png", "image/png", kPng);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.body, Json::parse(R"({"content_type": "image/png",
      "image": "/images/tea/front.png"})"));
  const Answer read = shop_.get("/images/tea/front.png");
  EXPECT_EQ(read.response.body, kPng);
  EXPECT_EQ(read.response.headers.get("Content-Type"), "image/png");
  EXPECT_EQ(read.response.headers.get("Cache-Control"), "public, max-age=86400");
  const std::string tag(read.response.headers.get("ETag").value_or(""));
  EXPECT_EQ(put("tea/front.png", "image/png", kPng).status, 200);
  EXPECT_EQ(put("tea/front.png", "image/webp", kWebp).status, 200);
  const Answer replaced = shop_.get("/v1/images/tea/front.png");
  EXPECT_EQ(replaced.response.headers.get("Content-Type"), "image/webp");
  EXPECT_NE(replaced.response.headers.get("ETag"), tag);
  EXPECT_EQ(send(http::Method::remove, "tea/front.png").status, 204);
  EXPECT_EQ(shop_.get("/images/tea/front.png").status, 404);
  EXPECT_EQ(send(http::Method::remove, "tea/front.png").reason(), "route_unknown");
}

TEST_F(Images, TheBytesSayWhatTheyAre) {
  EXPECT_EQ(put("a.png", "image/png", "<script>").reason(), "value_unknown");
  EXPECT_EQ(put("a.png", "image/png", "").body.at("subject"), "body");
  EXPECT_EQ(put("a.png", "image/png", kJpeg).body.at("subject"), "Content-Type");
  EXPECT_EQ(put("a.svg", "image/svg+xml", "<svg/>").reason(), "media_type_unsupported");
  EXPECT_EQ(put("a.png", "application/json", "{}").status, 415);
  EXPECT_EQ(put("a.jpg", "image/jpeg", kJpeg).status, 201);
  const std::string avif(
      "\0\0\0\x1c"
      "ftypavif\0\0\0\0",
      16);
  EXPECT_EQ(put("a.avif", "image/avif", avif).status, 201);
  EXPECT_EQ(put("a.webp", "image/webp", "JUNK1234WEBPVP8 ").reason(), "value_unknown");
  EXPECT_EQ(shop_.get("/images/a.png").status, 404);
}

TEST_F(Images, PathsAreNamesBetweenSlashes) {
  for (const std::string path :
       {".hidden.png", "a/../b.png", "a//b.png", "a%20b.png", "a/", "%D8%B3.png", "a/.b"}) {
    const Answer refused = put(path, "image/png", kPng);
    EXPECT_GE(refused.status, 400) << path;
    EXPECT_LT(refused.status, 500) << path;
  }
  EXPECT_EQ(put(std::string(256, 'a'), "image/png", kPng).body.at("subject"), "path");
}

TEST_F(Images, OnlyAdminsChangeThemAndEachChangeIsInTheAudit) {
  for (const char* role : {"sales", "warehouse", "accounting"}) {
    EXPECT_EQ(send(http::Method::put, "a.png", "image/png", kPng, role).reason(), "role_forbids");
    EXPECT_EQ(send(http::Method::remove, "a.png", "", "", role).reason(), "role_forbids");
  }
  EXPECT_EQ(put("a.png", "image/png", kPng).status, 201);
  EXPECT_EQ(put("a.png", "image/png", kPng).status, 200);  // changes nothing
  EXPECT_EQ(send(http::Method::remove, "a.png").status, 204);
  const Json rows = shop_.get("/v1/staff/audit", shop_.key("admin")).body.at("rows");
  ASSERT_EQ(rows.size(), 2U) << rows;
  EXPECT_EQ(rows[0].at("what"), "image");
  EXPECT_EQ(rows[0].at("subject"), "a.png");
  EXPECT_EQ(rows[1].at("before"), rows[0].at("after"));
}

}  // namespace
}  // namespace tandem::app::test
