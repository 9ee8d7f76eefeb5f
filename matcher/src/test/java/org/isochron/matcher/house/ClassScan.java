package org.isochron.matcher.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads compiled classes and lists what they use: members, types, and arithmetic on floating point. */
final class ClassScan {
    /** How arithmetic on float or double appears among the uses. */
    static final String FLOATING_POINT = "floating point";

    private ClassScan() {}

    /** One use: which class uses what. {@code what} is {@code owner.member} or an internal type name, with slashes. */
    record Use(String byClass, String what) {}

    /** Every use by the classes of a package (not of its sub-packages), from where {@code anchor} was loaded. */
    static List<Use> ofPackage(final Class<?> anchor, final String packageName, final Predicate<String> classNames) {
        final String folder = packageName.replace('.', '/');
        try {
            final URI source =
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI();
            final Path root = Path.of(source);
            if (Files.isDirectory(root)) {
                return scan(root.resolve(folder), classNames);
            }
            try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                return scan(jar.getPath(folder), classNames);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (final URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<Use> scan(final Path folder, final Predicate<String> classNames) throws IOException {
        final List<Use> uses = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.filter(f -> f.toString().endsWith(".class"))
                    .filter(f -> classNames.test(f.getFileName().toString()))
                    .sorted()
                    .toList()) {
                scanClass(Files.readAllBytes(file), uses);
            }
        }
        if (uses.isEmpty()) {
            throw new IllegalStateException("no classes in " + folder + ": the scan would prove nothing");
        }
        return uses;
    }

    private static void scanClass(final byte[] bytes, final List<Use> uses) {
        final ClassReader reader = new ClassReader(bytes);
        reader.accept(new Visitor(reader.getClassName(), uses), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    private static final class Visitor extends ClassVisitor {
        private final String name;
        private final List<Use> uses;

        Visitor(final String name, final List<Use> uses) {
            super(Opcodes.ASM9);
            this.name = name;
            this.uses = uses;
        }

        private void use(final String what) {
            uses.add(new Use(name, what));
        }

        private void useType(final Type type) {
            switch (type.getSort()) {
                case Type.FLOAT, Type.DOUBLE -> use(FLOATING_POINT);
                case Type.ARRAY -> useType(type.getElementType());
                case Type.OBJECT -> use(type.getInternalName());
                case Type.METHOD -> {
                    useType(type.getReturnType());
                    for (final Type argument : type.getArgumentTypes()) {
                        useType(argument);
                    }
                }
                default -> {
                    // integers, booleans and void are always welcome
                }
            }
        }

        @Override
        public void visit(
                final int version,
                final int access,
                final String className,
                final String signature,
                final String superName,
                final String[] interfaces) {
            use(superName);
            for (final String type : interfaces) {
                use(type);
            }
        }

        @Override
        public FieldVisitor visitField(
                final int access,
                final String field,
                final String descriptor,
                final String signature,
                final Object value) {
            useType(Type.getType(descriptor));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String method,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            useType(Type.getMethodType(descriptor));
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(final int opcode) {
                    if (isFloatingPoint(opcode)) {
                        use(FLOATING_POINT);
                    }
                }

                @Override
                public void visitVarInsn(final int opcode, final int index) {
                    if (opcode == Opcodes.FLOAD
                            || opcode == Opcodes.DLOAD
                            || opcode == Opcodes.FSTORE
                            || opcode == Opcodes.DSTORE) {
                        use(FLOATING_POINT);
                    }
                }

                @Override
                public void visitTypeInsn(final int opcode, final String type) {
                    useType(Type.getObjectType(type));
                }

                @Override
                public void visitFieldInsn(
                        final int opcode, final String owner, final String field, final String type) {
                    use(owner + "." + field);
                    useType(Type.getType(type));
                }

                @Override
                public void visitMethodInsn(
                        final int opcode,
                        final String owner,
                        final String called,
                        final String type,
                        final boolean isInterface) {
                    useType(Type.getObjectType(owner));
                    use(owner + "." + called);
                    useType(Type.getMethodType(type));
                }

                @Override
                public void visitInvokeDynamicInsn(
                        final String called, final String type, final Handle bootstrap, final Object... arguments) {
                    for (final Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            use(handle.getOwner() + "." + handle.getName());
                        }
                    }
                }

                @Override
                public void visitLdcInsn(final Object value) {
                    if (value instanceof Float || value instanceof Double) {
                        use(FLOATING_POINT);
                    } else if (value instanceof Type type) {
                        useType(type);
                    }
                }
            };
        }

        private static boolean isFloatingPoint(final int opcode) {
            return switch (opcode) {
                case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2, Opcodes.DCONST_0, Opcodes.DCONST_1 -> true;
                case Opcodes.FALOAD, Opcodes.DALOAD, Opcodes.FASTORE, Opcodes.DASTORE -> true;
                case Opcodes.FADD, Opcodes.DADD, Opcodes.FSUB, Opcodes.DSUB, Opcodes.FMUL, Opcodes.DMUL -> true;
                case Opcodes.FDIV, Opcodes.DDIV, Opcodes.FREM, Opcodes.DREM, Opcodes.FNEG, Opcodes.DNEG -> true;
                case Opcodes.I2F, Opcodes.I2D, Opcodes.L2F, Opcodes.L2D, Opcodes.F2I, Opcodes.F2L -> true;
                case Opcodes.F2D, Opcodes.D2I, Opcodes.D2L, Opcodes.D2F -> true;
                case Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> true;
                case Opcodes.FRETURN, Opcodes.DRETURN -> true;
                default -> false;
            };
        }
    }
}
