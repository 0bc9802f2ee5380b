/** The architectures that the Windows Driver Kit builds for. It must not know what they mean for a text. */

export const WDK_ARCHITECTURES = ['x64', 'x86', 'arm64'] as const;
export type WdkArchitecture = (typeof WDK_ARCHITECTURES)[number];
