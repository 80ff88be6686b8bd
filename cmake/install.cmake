# SPDX-License-Identifier: EUPL-1.2
# What `cmake --install` puts where. Paths follow GNUInstallDirs; settings go to /etc whatever the prefix; units and users go below the prefix, where systemd
# looks for them too (/usr/lib and /usr/local/lib). DESTDIR works.
set(CARVED_CONFIG_FOLDER ${CMAKE_INSTALL_FULL_SYSCONFDIR}/carved)
set(CARVED_LIBEXEC_FOLDER ${CMAKE_INSTALL_FULL_LIBEXECDIR}/carved)
configure_file(systemd/carved.service.in systemd/carved.service @ONLY)

install(TARGETS carved RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS carve RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS carved-solver RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/carved)
install(FILES ${PROJECT_BINARY_DIR}/systemd/carved.service systemd/carved.socket DESTINATION lib/systemd/system)
install(FILES systemd/carved.sysusers DESTINATION lib/sysusers.d RENAME carved.conf)
install(FILES README.md LICENSE config/carved.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(DIRECTORY config/demo DESTINATION ${CMAKE_INSTALL_DOCDIR})

# An operator's settings are never overwritten; those that ship lie beside the documents as well. file(INSTALL) puts DESTDIR in front by itself.
install(CODE "
	if(EXISTS \"\$ENV{DESTDIR}${CARVED_CONFIG_FOLDER}/carved.yaml\")
		message(STATUS \"Kept: \$ENV{DESTDIR}${CARVED_CONFIG_FOLDER}/carved.yaml\")
	else()
		file(INSTALL \"${PROJECT_SOURCE_DIR}/config/carved.yaml\" DESTINATION \"${CARVED_CONFIG_FOLDER}\")
	endif()")
