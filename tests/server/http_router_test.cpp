// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

namespace tandem::http {
namespace {

Response text(std::string body) { return {.body = std::move(body)}; }

Request request(Method method, std::string target, std::string body = {}) {
  Request out{.method = method, .target = std::move(target), .body = std::move(body)};
  if (!out.body.empty()) out.headers.add("Content-Type", "application/json");
  return out;
}

bool has_reason(const Response& response, std::string_view reason) {
  return response.body.find("\"reason\":\"" + std::string(reason) + '"') != std::string::npos;
}

TEST(Router, CallsTheHandlerOfPathAndMethod) {
  Router app;
  app.route("/v1/orders/{id}")
      .get([](const Request& r) { return text("get " + std::string(r.path_parameter("id"))); })
      .post([](const Request& r) { return text("post " + r.body); });
  EXPECT_EQ(app.handle({.target = "/v1/orders/a%20b"}).body, "get a b");
  EXPECT_EQ(app.handle(request(Method::post, "/v1/orders/7", "{}")).body, "post {}");
}

TEST(Router, PrefersLiteralsThenParametersThenTails) {
  Router app;
  app.route("/a/{x}/c").get([](const Request&) { return text("parameter"); });
  app.route("/a/b/d").get([](const Request&) { return text("literal"); });
  app.route("/a/{rest...}").get([](const Request& r) {
    return text("tail " + std::string(r.path_parameter("rest")));
  });
  EXPECT_EQ(app.handle({.target = "/a/b/d"}).body, "literal");
  EXPECT_EQ(app.handle({.target = "/a/b/c"}).body, "parameter");
  EXPECT_EQ(app.handle({.target = "/a/b/e/f"}).body, "tail b/e/f");
  EXPECT_EQ(app.handle({.target = "/a"}).status, 404);
}

TEST(Router, RejectsUnknownAddresses) {
  Router app;
  app.route("/a/{id}").get([](const Request&) { return text(""); });
  for (const char* target : {"/", "/b", "/a", "/a/", "/a/1/", "//a/1", "/A/1"}) {
    const Response response = app.handle({.target = target});
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_TRUE(has_reason(response, "route_unknown")) << target;
  }
}

TEST(Router, RejectsBrokenTargets) {
  Router app;
  app.route("/{path...}").get([](const Request&) { return text(""); });
  const Response response = app.handle({.target = "/a/%2e%2e/b"});
  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(has_reason(response, "request_malformed"));
}

TEST(Router, RejectsOtherMethodsAndNamesThoseItTakes) {
  Router app;
  app.route("/a").get([](const Request&) { return text(""); });
  app.route("/a").remove([](const Request&) { return text(""); });
  for (const Method method : {Method::post, Method::unknown}) {
    const Response response = app.handle({.method = method, .target = "/a"});
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, DELETE, OPTIONS");
    EXPECT_TRUE(has_reason(response, "method_not_allowed"));
  }
}

TEST(Router, AnswersOptionsByItself) {
  Router app;
  app.route("/a").post([](const Request&) { return text(""); });
  const Response response = app.handle({.method = Method::options, .target = "/a"});
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.get("Allow"), "POST, OPTIONS");
  EXPECT_EQ(app.handle({.method = Method::options, .target = "*"}).status, 204);
  EXPECT_EQ(app.handle({.method = Method::options, .target = "/b"}).status, 404);
}

TEST(Router, AnswersHeadFromGetWithoutContent) {
  Router app;
  app.route("/a").get([](const Request&) { return json(200, "12345"); });
  const Response response = app.handle({.method = Method::head, .target = "/a"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content(), "");
  EXPECT_EQ(response.content_length, 5U);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
}

TEST(Router, RejectsBodiesOfOtherMediaTypes) {
  Router app;
  app.route("/json").post([](const Request&) { return text("ok"); });
  app.route("/form").accepts({"application/x-www-form-urlencoded"}).post([](const Request&) {
    return text("ok");
  });
  Request form = request(Method::post, "/json");
  form.body = "a=b";
  EXPECT_TRUE(has_reason(app.handle(form), "media_type_unsupported"));
  form.headers.set("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(app.handle(form).status, 415);
  form.target = "/form";
  EXPECT_EQ(app.handle(form).status, 200);

  Request typed = request(Method::post, "/json", "{}");
  typed.headers.set("Content-Type", "Application/JSON; charset=utf-8");
  EXPECT_EQ(app.handle(typed).status, 200);
  typed.headers.set("Content-Encoding", "gzip");
  EXPECT_EQ(app.handle(typed).status, 415);
  EXPECT_EQ(app.handle(request(Method::post, "/json")).status, 200) << "no body, no type";
}

TEST(Router, RejectsBodiesAboveTheLimitOfTheRoute) {
  Router app(4);
  app.route("/small").post([](const Request&) { return text("ok"); });
  app.route("/large").body_bytes_max(6).post([](const Request&) { return text("ok"); });
  const Response response = app.handle(request(Method::post, "/small", "12345"));
  EXPECT_EQ(response.status, 413);
  EXPECT_NE(response.body.find("\"limit\":4"), std::string::npos);
  EXPECT_EQ(app.handle(request(Method::post, "/small", "1234")).status, 200);
  EXPECT_EQ(app.handle(request(Method::post, "/large", "123456")).status, 200);
}

TEST(Router, WaitsForHandlersThatCompleteLater) {
  Router app;
  app.route("/later/{id}").get([](const Request& r) -> Awaitable<Response> {
    const auto executor = co_await boost::asio::this_coro::executor;
    co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_return text("later " + std::string(r.path_parameter("id")));
  });
  EXPECT_EQ(app.handle({.target = "/later/7"}).body, "later 7");
}

TEST(Router, ExceptionsBecomeInternalWithoutDetails) {
  Router app;
  std::vector<std::string> seen;
  app.observe_failures([&](const Request& r, std::string_view what) {
    seen.push_back(r.target + ": " + std::string(what));
  });
  app.route("/now").get([](const Request&) -> Response { throw std::runtime_error("secret"); });
  app.route("/odd").get([](const Request&) -> Response { throw 7; });
  app.route("/later").get([](const Request&) -> Awaitable<Response> {
    throw std::runtime_error("secret");
    co_return Response{};
  });
  for (const char* target : {"/now", "/odd", "/later"}) {
    const Response response = app.handle({.target = target});
    EXPECT_EQ(response.status, 500) << target;
    EXPECT_TRUE(has_reason(response, "internal")) << target;
    EXPECT_EQ(response.body.find("secret"), std::string::npos) << target;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"/now: secret", "/odd: unknown exception",
                                            "/later: secret"}));
}

TEST(Router, GuardsAnswerBeforeHandlersAndFinishersSeeEveryAnswer) {
  Router app;
  app.guard([](const Request& r) -> std::optional<Response> {
    if (r.headers.contains("Origin")) return Response{.status = 403};
    return std::nullopt;
  });
  app.finish_with([](const Request&, Response& r) { r.headers.set("X-All", "1"); });
  app.route("/a").get([](const Request&) { return text("a"); });
  Request foreign{.target = "/a"};
  foreign.headers.add("Origin", "http://evil.example");
  EXPECT_EQ(app.handle(foreign).status, 403);
  EXPECT_EQ(app.handle({.target = "/a"}).status, 200);
  for (const Response& response : {app.handle(foreign), app.handle({.target = "/none"})}) {
    EXPECT_EQ(response.headers.get("X-All"), "1");
  }
}

TEST(Router, AnswersNotModifiedWhenTheClientHasIt) {
  Router app;
  app.route("/rules").get([](const Request&) {
    Response response = json(200, "{}");
    response.headers.add("ETag", "\"v1\"");
    return response;
  });
  Request again{.target = "/rules"};
  again.headers.add("If-None-Match", "\"v0\", \"v1\"");
  const Response response = app.handle(again);
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.headers.get("ETag"), "\"v1\"");
  again.headers.set("If-None-Match", "\"v0\"");
  EXPECT_EQ(app.handle(again).status, 200);
}

}  // namespace
}  // namespace tandem::http
