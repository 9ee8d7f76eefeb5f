package org.isochron.ops.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.isochron.sequencer.edge.Channel;

/**
 * One object of a configuration file, read strictly: every key is asked for by name and type, and what nobody asked for is
 * refused at {@link #end}.
 */
final class Section {
    private final ConfigObject object;
    private final String path;
    private final Set<String> known = new HashSet<>();

    Section(final Config config) {
        this(config.root(), "");
    }

    private Section(final ConfigObject object, final String path) {
        this.object = object;
        this.path = path;
    }

    /** Text that is not blank. */
    String text(final String key) {
        final ConfigValue value = required(key, "a text");
        return text(value, pathOf(key));
    }

    private static String text(final ConfigValue value, final String at) {
        final boolean isText = value.valueType() == ConfigValueType.STRING;
        if (!isText || ((String) value.unwrapped()).isBlank()) {
            throw wrong(value, at, "a text that is not empty");
        }
        return (String) value.unwrapped();
    }

    /** A whole number from {@code least} to {@code most}. */
    int number(final String key, final int least, final int most) {
        return (int) longNumber(key, least, most);
    }

    /** The same, of 64 bits. */
    long longNumber(final String key, final long least, final long most) {
        final String wanted = "a whole number from " + least + " to " + most;
        final ConfigValue value = required(key, wanted);
        if (value.valueType() != ConfigValueType.NUMBER) {
            throw wrong(value, pathOf(key), wanted);
        }
        final Number number = (Number) value.unwrapped();
        if (number.doubleValue() != number.longValue() || number.longValue() < least || number.longValue() > most) {
            throw wrong(value, pathOf(key), wanted);
        }
        return number.longValue();
    }

    /** A core number, or {@link NodeConfig#ANY_CPU} for the word {@code none}. */
    int cpu(final String key) {
        final ConfigValue value = required(key, "a core number, or none");
        if ("none".equals(value.unwrapped())) {
            return NodeConfig.ANY_CPU;
        }
        return number(key, 0, 1023);
    }

    /** A path; a relative one starts in the process's working directory. */
    Path path(final String key) {
        return Path.of(text(key));
    }

    /** A list of paths, empty allowed. */
    List<Path> paths(final String key) {
        return texts(list(key, "a list of paths"), pathOf(key)).stream()
                .map(Path::of)
                .toList();
    }

    /** A list of at least one text. */
    List<String> texts(final String key) {
        final ConfigList list = list(key, "a list of texts");
        if (list.isEmpty()) {
            throw wrong(list, pathOf(key), "a list of at least one text");
        }
        return texts(list, pathOf(key));
    }

    private static List<String> texts(final ConfigList list, final String at) {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(text(list.get(i), at + "[" + i + "]"));
        }
        return List.copyOf(texts);
    }

    /** A channel: {@code { uri = ..., stream = ... }}. */
    Channel channel(final String key) {
        return channel(section(key));
    }

    /** A list of channels, at least one. */
    List<Channel> channels(final String key) {
        final ConfigList list = list(key, "a list of channels");
        if (list.isEmpty()) {
            throw wrong(list, pathOf(key), "a list of at least one channel");
        }
        final List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            channels.add(channel(sectionOf(list.get(i), pathOf(key) + "[" + i + "]")));
        }
        return List.copyOf(channels);
    }

    private static Channel channel(final Section section) {
        final Channel channel = new Channel(section.text("uri"), section.number("stream", 1, Integer.MAX_VALUE));
        if (!channel.uri().startsWith("aeron:")) {
            throw wrong(section.object.get("uri"), section.pathOf("uri"), "an Aeron URI such as aeron:ipc");
        }
        section.end();
        return channel;
    }

    /** The object below that key. */
    Section section(final String key) {
        return sectionOf(required(key, "an object { ... }"), pathOf(key));
    }

    private static Section sectionOf(final ConfigValue value, final String at) {
        if (!(value instanceof ConfigObject object)) {
            throw wrong(value, at, "an object { ... }");
        }
        return new Section(object, at);
    }

    boolean has(final String key) {
        return object.containsKey(key);
    }

    /** Keys of this object, sorted; for objects whose keys are names. */
    Set<String> names() {
        return Collections.unmodifiableSet(new TreeSet<>(object.keySet()));
    }

    /** Builds something of what was read; its refusal is told with this section's place. */
    <T> T make(final String key, final Function<String, T> maker) {
        final String text = text(key);
        try {
            return maker.apply(text);
        } catch (final IllegalArgumentException ex) {
            throw new ConfigurationException(
                    place(object.get(key)) + pathOf(key) + " is \"" + text + "\": " + ex.getMessage(), ex);
        }
    }

    /**
     * To be called when everything has been read.
     *
     * @throws ConfigurationException when there is a key that nobody asked for.
     */
    void end() {
        for (final String key : names()) {
            if (!known.contains(key)) {
                throw new ConfigurationException(
                        place(object.get(key)) + pathOf(key) + " is not a key of the configuration; possible here: "
                                + String.join(", ", new TreeSet<>(known)),
                        null);
            }
        }
    }

    /** A refusal of this section as a whole. */
    ConfigurationException refuse(final String message, final Throwable cause) {
        return new ConfigurationException(place(object) + path + ": " + message, cause);
    }

    private ConfigList list(final String key, final String wanted) {
        final ConfigValue value = required(key, wanted);
        if (!(value instanceof ConfigList list)) {
            throw wrong(value, pathOf(key), wanted);
        }
        return list;
    }

    private ConfigValue required(final String key, final String wanted) {
        known.add(key);
        final ConfigValue value = object.get(key);
        if (value == null) {
            throw new ConfigurationException(
                    place(object) + pathOf(key) + " is missing; " + wanted + " is needed", null);
        }
        return value;
    }

    private String pathOf(final String key) {
        final String quoted = key.matches("[A-Za-z0-9_-]+") ? key : '"' + key + '"';
        return path.isEmpty() ? quoted : path + "." + quoted;
    }

    private static ConfigurationException wrong(final ConfigValue value, final String at, final String wanted) {
        final String shown = value.valueType() == ConfigValueType.NULL ? "null" : value.render();
        return new ConfigurationException(place(value) + at + " is " + shown + "; " + wanted + " is needed", null);
    }

    /** {@code file:line: }, as far as known. */
    private static String place(final ConfigValue value) {
        final ConfigOrigin origin = value.origin();
        if (origin.filename() == null) {
            return "";
        }
        final String file = Path.of(origin.filename()).getFileName().toString();
        return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() + ": " : file + ": ";
    }
}
