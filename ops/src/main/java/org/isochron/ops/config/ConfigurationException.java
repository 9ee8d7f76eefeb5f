package org.isochron.ops.config;

import org.isochron.ops.terminal.BadInputException;

/** A configuration that cannot be used. The message names file and line, the key's full path, its value, and what would be right. */
public final class ConfigurationException extends BadInputException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
