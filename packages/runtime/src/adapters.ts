import { homedir } from 'node:os'
