package org.isochron.ops.command;

import picocli.CommandLine.IVersionProvider;

/** Version of the build, from the jar's manifest, and of the Java it runs on. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "isochron " + (version == null ? "(not run from its jar)" : version),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
