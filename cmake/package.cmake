# SPDX-License-Identifier: Apache-2.0
# Installs the core as a CMake package: find_package(tandem), link tandem::core.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/tandem)

install(TARGETS tandem_core EXPORT tandem ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT core)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/tandem DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT core FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")
install(EXPORT tandem NAMESPACE tandem:: FILE tandem-targets.cmake DESTINATION ${package_folder}
        COMPONENT core)
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/tandem-config.cmake.in ${CMAKE_BINARY_DIR}/tandem-config.cmake
  INSTALL_DESTINATION ${package_folder})
# Before 1.0 a minor version may change anything.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/tandem-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/tandem-config.cmake
              ${CMAKE_BINARY_DIR}/tandem-config-version.cmake
        DESTINATION ${package_folder} COMPONENT core)
