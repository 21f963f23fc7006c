# SPDX-License-Identifier: Apache-2.0
# The Debian package of the server: program, page, core, systemd unit. The page and the core come
# from builds of their own, so `scripts/package` makes those first.
include(GNUInstallDirs)
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
install(TARGETS tandem RUNTIME DESTINATION bin COMPONENT server)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/web/store/dist/ DESTINATION share/tandem/page
        COMPONENT server)
install(FILES ${PROJECT_SOURCE_DIR}/web/package/dist/tandem.wasm
              ${PROJECT_SOURCE_DIR}/web/package/dist/tandem.js
        DESTINATION share/tandem/core COMPONENT server)
install(FILES ${PROJECT_SOURCE_DIR}/web/package/dist/tandem.wasm.br
              ${PROJECT_SOURCE_DIR}/web/package/dist/tandem.js.br
        DESTINATION share/tandem/core COMPONENT server OPTIONAL)
install(FILES ${packaging}/tandem.toml DESTINATION /etc/tandem COMPONENT server)
install(FILES ${packaging}/tandem.service DESTINATION /lib/systemd/system COMPONENT server)
install(FILES ${PROJECT_SOURCE_DIR}/docs/operations.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION share/doc/tandem COMPONENT server)
install(FILES ${PROJECT_SOURCE_DIR}/examples/tandem.toml DESTINATION share/doc/tandem/examples
        COMPONENT server)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tandem)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Storefront checkout: carts and orders of a shop")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Cart and order rules written once, run in the browser and on the server, which confirms
 exactly what was shown. Keeps its orders in SQLite or PostgreSQL.")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Tandem project <tandem@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${packaging}/postinst;${packaging}/prerm;${packaging}/postrm;${CMAKE_BINARY_DIR}/conffiles")
file(WRITE ${CMAKE_BINARY_DIR}/conffiles "/etc/tandem/tandem.toml\n")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL server)
set(CPACK_DEBIAN_SERVER_PACKAGE_NAME tandem)
set(CPACK_STRIP_FILES ON)
include(CPack)
