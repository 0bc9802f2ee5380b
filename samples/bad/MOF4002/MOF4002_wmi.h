#define FAN_SPEED 1
